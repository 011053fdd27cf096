/** One run as lanes: names at the left, the picture at the right, moved by mouse, wheel and fingers. */

import { useEffect, useRef } from 'preact/hooks';
import { animate } from './animate.ts';
import { listen } from './listen.ts';
import type { RunPicture, ViewerState } from './state.ts';

export function Lanes({ state, picture }: { readonly state: ViewerState; readonly picture: RunPicture }) {
  const axis = useRef<HTMLCanvasElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { layout, run, number } = picture;
  useEffect(() => {
    if (axis.current === null || canvas.current === null) return;
    const stopDrawing = animate(axis.current, canvas.current, state, picture);
    const stopPointing = listen(canvas.current, state, picture);
    return () => {
      stopDrawing();
      stopPointing();
    };
  }, [state, picture]);
  return (
    <div class="lanes" style={{ height: `${layout.height}px` }}>
      <canvas class="axis" ref={axis} aria-hidden="true" />
      <div class="names" aria-hidden="true">
        {layout.headings.map(({ name, y }) => (
          <span class="heading" key={name} style={{ top: `${y}px` }}>
            {name}
          </span>
        ))}
        {layout.field.bottom > layout.field.top && (
          <span class="between" style={{ top: `${layout.field.top}px` }}>
            messages
          </span>
        )}
        {layout.rows.map(({ lane, group, y, height }) => (
          <span
            key={lane.id}
            class={lane.kind === 'role' ? 'name role' : 'name'}
            style={{ top: `${y}px`, lineHeight: `${height}px` }}
            title={lane.id}
          >
            {lane.kind === 'role' ? `${group} ${lane.label}` : lane.label}
          </span>
        ))}
      </div>
      <canvas
        ref={canvas}
        class="picture"
        tabIndex={0}
        role="application"
        aria-roledescription="timeline"
        aria-label={`Lanes of ${run.name}${run.label === '' ? '' : ` (${run.label})`}. Arrow keys move, plus and minus zoom, n and p go from thing to thing, question mark tells all keys.`}
        data-run={number}
      />
    </div>
  );
}
