import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderSweepPage } from '../../src/report/sweep/html.ts';
import { launch, openPage, withoutBrowser } from '../helpers/browser.ts';
import { sweepResult } from '../helpers/sweep-result.ts';

describe.skipIf(withoutBrowser())('the page of a sweep, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hasim-sweep-page-'));
  const file = join(folder, 'sweep.html');
  let browser: Browser;
  beforeAll(async () => {
    writeFileSync(file, await renderSweepPage(sweepResult()));
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('opens from the disk: pictures, no request, no complaint', async () => {
    const { page, complaints, requests } = await openPage(browser, file);
    expect(await page.locator('figure svg').count()).toBeGreaterThan(3);
    expect([complaints, requests]).toEqual([[], []]);
  });

  it('the names of curves have the numbers that stand on the curves', async () => {
    const { page } = await openPage(browser, file);
    const names = page.locator('ol.numbers').first().locator('li');
    expect(await names.count()).toBeGreaterThan(2);
    const style = await names.first().evaluate((item) => {
      const { display, listStyleType } = getComputedStyle(item);
      return `${display} ${listStyleType}`;
    });
    expect(style).toBe('list-item decimal');
  });
});
