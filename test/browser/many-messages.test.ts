import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, withoutBrowser } from '../helpers/browser.ts';
import { runView } from '../helpers/lane-model.ts';
import { viewerPage } from '../helpers/viewer-page.ts';

/** A frame at 30 per second. */
const FRAME_MS = 1_000 / 30;

describe.skipIf(withoutBrowser())('100,000 messages, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hasim-many-'));
  const file = join(folder, 'many.html');
  let browser: Browser;
  beforeAll(async () => {
    viewerPage(file, [runView({ messages: 100_000, records: 2_000 })]);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['at the fault', 'f'],
    ['over the whole run', '0'],
  ])('panning %s: a frame costs less than a thirtieth of a second', async (_, key) => {
    const { page } = await openPage(browser, file);
    await page.locator('canvas').press(key);
    const { frames, medianMs } = await pan(page);
    console.log(`${_}: ${frames} frames, ${medianMs} ms`);
    expect(frames).toBeGreaterThan(20);
    expect(medianMs).toBeLessThan(FRAME_MS);
  });
});

/** Pans for a while by the wheel, a step each frame. @returns how many frames were drawn, and what one cost, pixels and all */
function pan(page: Page): Promise<{ frames: number; medianMs: number }> {
  return page.evaluate(async () => {
    const canvas = document.querySelector('canvas')!;
    const context = canvas.getContext('2d')!;
    const costs: number[] = [];
    const endMs = performance.now() + 3_000;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let step = 0; performance.now() < endMs && costs.length < 90; step += 1) {
      await frame();
      const beginMs = performance.now();
      canvas.dispatchEvent(
        new WheelEvent('wheel', { deltaY: step % 60 < 30 ? 9 : -9, shiftKey: true, bubbles: true }),
      );
      // Behind the viewer's own frame, which the wheel has asked for.
      await frame();
      // To read a pixel is to wait until all are there.
      context.getImageData(0, 0, 1, 1);
      costs.push(performance.now() - beginMs);
    }
    return { frames: costs.length, medianMs: costs.toSorted((a, b) => a - b)[costs.length >> 1]! };
  });
}
