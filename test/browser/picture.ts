/**
 * Takes the pictures of the documentation: `npm run picture` writes docs/images/report.png, the lanes of the walk-through with its failover
 * explained. By hand, when the page has changed.
 */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, openPage } from '../helpers/browser.ts';
import { hasim, ROOT, WALKTHROUGH } from '../helpers/command.ts';

/** The record of the takeover, whose causes lead back to the fault. */
const TAKEOVER = '#r18';

const folder = mkdtempSync(join(tmpdir(), 'hasim-picture-'));
const file = join(folder, 'walkthrough.html');
const images = join(ROOT, 'docs/images');
const { code, err } = hasim(['report', WALKTHROUGH, '-o', file, '--quiet']);
if (code !== 0) throw new Error(err);
mkdirSync(images, { recursive: true });
const browser = await launch();
for (const dark of [false, true]) {
  const { page } = await openPage(browser, file, {
    width: 1280,
    height: 1150,
    dark,
    hash: TAKEOVER,
    sharpness: 1.5,
  });
  const path = join(images, dark ? 'report-dark.png' : 'report.png');
  await page.locator('#hasim-viewer').scrollIntoViewIfNeeded();
  await page.locator('#hasim-viewer').screenshot({ path });
  console.log(path);
}
await browser.close();
rmSync(folder, { recursive: true });
