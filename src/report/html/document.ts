/** The head that every page of ours has: it says whose it is, asks nobody for anything, and carries its style. */

import { GENERATOR } from './generator.ts';
import { html, Markup } from './markup.ts';

/** Nothing is loaded from anywhere; a page with a script says so. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

export interface DocumentOptions {
  readonly title: string;
  /** Of hasim. */
  readonly version: string;
  readonly style: string;
  /** Directives that are added to the policy, such as those of a script. */
  readonly policy?: string;
}

/** A whole page around its body. The text ends with a newline. */
export function documentOf({ title, version, style, policy = '' }: DocumentOptions, body: Markup): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        ${Markup.trusted(`${GENERATOR} ${version}" />`)}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${Markup.trusted(POLICY + policy)}" />
        <title>${title}</title>
        <style>
          ${Markup.trusted(style.replaceAll('</', '<\\/'))}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `;
  return page.source;
}
