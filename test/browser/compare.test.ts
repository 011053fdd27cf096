import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, withoutBrowser } from '../helpers/browser.ts';
import { runView } from '../helpers/lane-model.ts';
import { viewerPage } from '../helpers/viewer-page.ts';

const WANTED = { messages: 100, endUs: 100e6 };

describe.skipIf(withoutBrowser())('two runs on one axis, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hasim-two-'));
  const file = join(folder, 'two.html');
  let browser: Browser;
  beforeAll(async () => {
    // Their faults are at 25 s and 10 s.
    viewerPage(file, [runView({ ...WANTED, records: 3 }, 'A'), runView({ ...WANTED, records: 9 }, 'B')]);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('both are seen from their own fault, and move together', async () => {
    const { page, complaints } = await openPage(browser, file);
    const canvases = page.locator('canvas.picture');
    const views = () => canvases.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['view']));
    await expect.poll(views).toEqual(['-1000000 1000000', '-1000000 1000000']);
    await canvases.last().press('ArrowRight');
    await expect.poll(views).toEqual(['-600000 1400000', '-600000 1400000']);
    expect(complaints).toEqual([]);
  });

  it('a link names the run: #b-r4 is of the second', async () => {
    const { page } = await openPage(browser, file, { hash: '#b-r4' });
    expect(await page.locator('.why h3').textContent()).toBe('B thing 4');
    await page.locator('.why li button').first().click();
    expect(page.url()).toMatch(/#b-r3$/);
  });

  it('a click is about the run that it is in', async () => {
    const { page } = await openPage(browser, file);
    const box = await page.locator('canvas.picture').last().boundingBox();
    const row = await page.locator('.names').last().locator('.name', { hasText: 'events' }).boundingBox();
    if (box === null || row === null) throw new Error('not seen');
    await page.mouse.click(box.x + box.width / 2, row.y + row.height / 2);
    expect(await page.locator('.why h3').textContent()).toBe('B thing 1');
  });
});
