import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPage, withoutBrowser, type Look } from '../helpers/browser.ts';
import { hasim, ROOT, WALKTHROUGH } from '../helpers/command.ts';

describe.skipIf(withoutBrowser())('the page of hasim report, in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hasim-page-'));
  const file = join(folder, 'walkthrough.html');
  let browser: Browser;
  beforeAll(async () => {
    const { code, err } = hasim(['report', WALKTHROUGH, '-o', file, '--quiet']);
    expect(err).toBe('');
    expect(code).toBe(0);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  const open = async (look: Look = {}) => {
    const opened = await openPage(browser, file, look);
    const { page } = opened;
    return { ...opened, canvas: page.locator('canvas.picture'), why: page.locator('.why') };
  };

  it('opens from a file: no complaint, no request, the fault in the middle', async () => {
    const { page, canvas, complaints, requests } = await open();
    expect(await canvas.count()).toBe(1);
    expect(await isPainted(canvas)).toBe(true);
    expect(await page.locator('.topology').textContent()).toContain('as it stands at 20.000 s');
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('a click on the fault: what it is, that nothing is before it, and what followed', async () => {
    const { page, canvas, why } = await open();
    const { width, x } = await boxOf(canvas);
    // The fault is in the middle of what is seen on opening, on the events of the first firewall.
    const row = await boxOf(page.locator('.names .name', { hasText: 'events' }).first());
    await page.mouse.click(x + width / 2, row.y + row.height / 2);
    expect(await why.textContent()).toContain('interface-down');
    expect(await why.textContent()).toContain('where this begins');
    expect(await why.locator('h4', { hasText: 'What followed' }).count()).toBe(1);
    expect(page.url()).toMatch(/#r\d+$/);
  });

  it('a link to a record: it is explained, and its causes lead back to the fault', async () => {
    const { page, why } = await open({ hash: '#r18' });
    expect(await why.locator('h3').textContent()).toContain('active');
    const causes = why.locator('ol').first().locator('button');
    expect(await causes.last().textContent()).toContain('at the fault');
    await causes.last().click();
    expect(await why.textContent()).toContain('interface-down');
    expect(page.url()).not.toContain('#r18');
  });

  it('as a reader sees it, kept as test-results/report-walkthrough.png', async () => {
    const { page, canvas } = await open({ hash: '#r18' });
    expect(await isPainted(canvas)).toBe(true);
    const path = join(ROOT, 'test-results/report-walkthrough.png');
    await page.screenshot({ path, fullPage: true });
    expect(statSync(path).size).toBeGreaterThan(50_000);
  });

  it('a click on a row of the table of the timeline chooses its record', async () => {
    const { page, why } = await open();
    await page.locator('summary', { hasText: 'timeline' }).click();
    const row = page.locator('tr[data-record="18"]').first();
    await row.click();
    expect(await why.textContent()).toContain('#18');
    expect(page.url()).toMatch(/#r18$/);
  });

  it('the wheel brings nearer, and the time under the cursor stays', async () => {
    const { page, canvas } = await open();
    const { x, y, width } = await boxOf(canvas);
    const place = [x + width * 0.8, y + 200] as const;
    await page.mouse.move(...place);
    const before = await secondsShown(page);
    const [fromUs, toUs] = await ticksSeen(canvas);
    await page.mouse.wheel(0, -400);
    await expect
      .poll(async () => (await ticksSeen(canvas))[1] - (await ticksSeen(canvas))[0])
      .toBeLessThan((toUs - fromUs) * 0.6);
    await page.mouse.move(place[0] + 1, place[1]);
    await page.mouse.move(...place);
    expect(Math.abs((await secondsShown(page)) - before)).toBeLessThan(0.002);
  });

  it('dragging moves the axis with the pointer', async () => {
    const { page, canvas } = await open();
    const { x, y, width } = await boxOf(canvas);
    const [fromUs, toUs] = await ticksSeen(canvas);
    await page.mouse.move(x + width / 2, y + 250);
    await page.mouse.down();
    await page.mouse.move(x + width / 4, y + 250, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await ticksSeen(canvas))[0]).toBeCloseTo(fromUs + (toUs - fromUs) / 4, -3);
  });

  it('by keyboard alone: move, nearer, the whole, the fault, from thing to thing, and out again', async () => {
    const { page, canvas, why } = await open();
    const opening = await ticksSeen(canvas);
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await ticksSeen(canvas))[0]).toBeGreaterThan(opening[0]);
    await page.keyboard.press('0');
    await expect.poll(async () => (await ticksSeen(canvas))[0]).toBeLessThan(0);
    await page.keyboard.press('f');
    await expect.poll(() => ticksSeen(canvas)).toEqual(opening);
    await page.keyboard.press('n');
    expect(await why.locator('h3').textContent()).toContain('interface-down');
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    expect(await why.locator('h3').textContent()).toContain('interface-down');
    await page.keyboard.press('?');
    expect(await page.locator('.keys').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('.keys').count()).toBe(0);
    expect(await why.textContent()).toContain('Click on anything');
  });

  it('who cannot see hears what is chosen', async () => {
    const { page, canvas } = await open();
    await canvas.focus();
    await page.keyboard.press('n');
    expect(await page.locator('[role=status]').textContent()).toMatch(/^20\.000 s, .*interface-down/);
  });

  it('a class of messages that is hidden is not drawn', async () => {
    const { page, canvas } = await open();
    const before = await canvas.screenshot();
    await page.locator('label', { hasText: 'session sync' }).click();
    await expect.poll(async () => before.equals(await canvas.screenshot())).toBe(false);
  });

  it('dark and light are drawn in their own colours, also when it changes', async () => {
    const { page, canvas } = await open({ dark: true });
    expect(await brightness(canvas)).toBeLessThan(60);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => brightness(canvas)).toBeGreaterThan(200);
  });

  it('on paper it is light and as wide as the paper', async () => {
    const { page, canvas } = await open({ dark: true });
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => brightness(canvas)).toBeGreaterThan(200);
    expect(await canvas.evaluate((element: HTMLCanvasElement) => element.width / element.clientWidth)).toBe(
      3,
    );
  });
});

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not seen');
  return box;
}

/** What the viewer says of itself: the part of the axis that is seen, in microseconds. */
async function ticksSeen(canvas: Locator): Promise<readonly [fromUs: number, toUs: number]> {
  const text = (await canvas.first().getAttribute('data-view')) ?? '';
  const [fromUs = Number.NaN, toUs = Number.NaN] = text.split(' ').map(Number);
  return [fromUs, toUs];
}

/** The time that the topology stands at, which is that under the cursor. */
async function secondsShown(page: Page): Promise<number> {
  return Number.parseFloat((await page.locator('.topology b').textContent()) ?? '');
}

/** Whether anything but paper is on a canvas. */
function isPainted(canvas: Locator): Promise<boolean> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    return data.some((value, index) => value !== data[index % 4]);
  });
}

/** Of the paper at the left edge of a canvas, 0 to 255. */
function brightness(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const [red = 0, green = 0, blue = 0] = element.getContext('2d')!.getImageData(2, 2, 1, 1).data;
    return (red + green + blue) / 3;
  });
}
