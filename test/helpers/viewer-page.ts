/** The smallest page around the built viewer, for lanes that no run has made; with the content policy of a real page. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE_STYLE } from '../../src/report/html/style.ts';
import type { RunView } from '../../src/report/page/view.ts';
import { ROOT } from './command.ts';

const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/** Writes the page and gives its path back. */
export function viewerPage(path: string, runs: readonly RunView[]): string {
  const asset = (name: string): string => readFileSync(join(ROOT, 'dist/viewer', name), 'utf8');
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Lanes</title>
<style>${BASE_STYLE}main{max-width:88rem}${asset('viewer.css')}</style></head>
<body><main><div id="hasim-viewer"></div></main>
<script type="application/json" id="hasim-view">${JSON.stringify({ runs })}</script>
<script>${asset('viewer.js').replaceAll('</script', String.raw`\x3c/script`)}</script></body></html>`;
  writeFileSync(path, page);
  return path;
}
