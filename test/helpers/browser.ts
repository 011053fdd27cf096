/**
 * A real browser for tests: Debian's Chromium, or the one that HASIM_CHROMIUM names. Pages are opened from files; every request that is
 * not for the page itself is refused, and what the page complains of is kept.
 */

import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

export const CHROMIUM = process.env['HASIM_CHROMIUM'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(CHROMIUM);

/** For `describe.skipIf`: says aloud that nothing was tested. */
export function withoutBrowser(): boolean {
  if (!hasBrowser) {
    console.warn(`No browser at ${CHROMIUM}: the page is not tested in one. HASIM_CHROMIUM names another.`);
  }
  return !hasBrowser;
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A page and what it has done that it should not. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of its console, and exceptions. */
  readonly complaints: readonly string[];
  /** Addresses that it asked for, beside its own. */
  readonly requests: readonly string[];
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Behind the address: `#r17`. */
  readonly hash?: string;
  /** Pixels of the screen for one of the page. */
  readonly sharpness?: number;
}

/** Opens a file as a reader does, who does nothing before its lanes are drawn. */
export async function openPage(browser: Browser, file: string, look: Look = {}): Promise<OpenPage> {
  const { width = 1400, height = 1000, dark = false, hash = '', sharpness = 1 } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: sharpness,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const address = pathToFileURL(file).href;
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url().replace(/#.*$/, '') !== address) requests.push(request.url());
  });
  await page.goto(address + hash, { waitUntil: 'load' });
  // The viewer draws in the first frame after it is loaded, which a busy machine may keep back: for as long, its lanes say no view.
  await page.locator('canvas.picture:not([data-view])').first().waitFor({ state: 'detached' });
  return { page, complaints, requests };
}
