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
/** Really drawn, also while other tests keep the machine busy. */
const LEAST_PER_SECOND = 10;

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
    await page.locator('canvas.picture').press(key);
    const { perSecond, medianMs } = await pan(page);
    expect(perSecond).toBeGreaterThan(LEAST_PER_SECOND);
    expect(medianMs).toBeLessThan(FRAME_MS);
  });
});

/** Pans for a while by the wheel, a step each frame. @returns frames per second, and the work of one, pixels and all */
function pan(page: Page): Promise<{ perSecond: number; medianMs: number }> {
  return page.evaluate(async () => {
    const canvas = document.querySelector('canvas.picture')!;
    const context = (canvas as HTMLCanvasElement).getContext('2d')!;
    const costs: number[] = [];
    const beginMs = performance.now();
    while (performance.now() - beginMs < 2_000) {
      const step = costs.length % 60;
      let workMs = 0;
      // The viewer asks for its frame when the wheel turns: this one comes before it, the next behind it.
      requestAnimationFrame(() => (workMs = performance.now()));
      canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: step < 30 ? 9 : -9, shiftKey: true }));
      await new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          // To read a pixel is to wait until all are there.
          context.getImageData(0, 0, 1, 1);
          costs.push(performance.now() - workMs);
          resolve();
        });
      });
    }
    const perSecond = (costs.length / (performance.now() - beginMs)) * 1_000;
    return { perSecond, medianMs: costs.toSorted((a, b) => a - b)[costs.length >> 1]! };
  });
}
