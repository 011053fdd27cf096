/** Keeps the canvases of a run as the state is: drawn again whenever something changes that is drawn, at most once a frame. */

import { effect } from '@preact/signals';
import { AXIS_HEIGHT } from './layout.ts';
import { frameOf, paint } from './paint.ts';
import { paintAxis } from './paint-axis.ts';
import type { Scene } from './scene.ts';
import type { RunPicture, ViewerState } from './state.ts';
import { themeOf } from './theme.ts';

/** Width of the picture on paper: what the style for paper gives it, with any size of sheet. */
const PAPER_WIDTH = 560;
/** Printers have more dots than screens. */
const PAPER_SHARPNESS = 3;

/** @returns what ends it */
export function animate(
  axis: HTMLCanvasElement,
  canvas: HTMLCanvasElement,
  state: ViewerState,
  picture: RunPicture,
): () => void {
  const axisContext = axis.getContext('2d', { alpha: false });
  const context = canvas.getContext('2d', { alpha: false });
  if (axisContext === null || context === null) return () => undefined;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paper = matchMedia('print');
  // Told by its events alone: who asks a query in between may take its next event away.
  let onPaper = paper.matches;
  let theme = themeOf(canvas);
  let pending = 0;
  const draw = (): void => {
    const width = onPaper ? PAPER_WIDTH : canvas.clientWidth;
    const ratio = onPaper ? PAPER_SHARPNESS : window.devicePixelRatio || 1;
    const scene = sceneOf(state, picture, onPaper);
    const { fromUs, toUs } = scene.view;
    canvas.dataset['view'] = `${fromUs} ${toUs}`;
    size(canvas, width, picture.layout.height, ratio);
    size(axis, width, AXIS_HEIGHT, ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    axisContext.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(frameOf(context, theme, width, picture.layout.height, scene), scene);
    paintAxis(frameOf(axisContext, theme, width, AXIS_HEIGHT, scene), scene);
  };
  const request = (): void => {
    if (pending !== 0) return;
    pending = requestAnimationFrame(() => {
      pending = 0;
      draw();
    });
  };
  const restyle = (): void => {
    theme = themeOf(canvas);
    // Paper does not wait for the next frame.
    if (onPaper) draw();
    else request();
  };
  const turn = ({ matches }: MediaQueryListEvent): void => {
    onPaper = matches;
    restyle();
  };
  const watched = new ResizeObserver(request);
  watched.observe(canvas);
  dark.addEventListener('change', restyle);
  paper.addEventListener('change', turn);
  const stopFollowing = effect(() => {
    // Read here, so that their changes are followed.
    void [state.view.value, state.hidden.value, state.cursorUs.value, state.chosen.value, state.hover.value];
    request();
  });
  return () => {
    cancelAnimationFrame(pending);
    watched.disconnect();
    dark.removeEventListener('change', restyle);
    paper.removeEventListener('change', turn);
    stopFollowing();
  };
}

/** What is to be drawn now; on paper nothing points. */
function sceneOf(state: ViewerState, picture: RunPicture, onPaper: boolean): Scene {
  return {
    picture,
    view: state.view.value,
    hidden: state.hidden.value,
    cursorUs: onPaper ? null : state.cursorUs.value,
    chosen: state.chosen.value,
    hover: onPaper ? null : state.hover.value,
    aligned: state.runs.length > 1,
  };
}

/** Gives a canvas as many pixels as it needs, which empties it: only when they change. */
function size(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const [wide, high] = [Math.max(1, Math.round(width * ratio)), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
}
