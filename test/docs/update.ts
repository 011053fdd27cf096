/**
 * `npm run protocol`: writes docs/protocol.md from the tables of the protocol, and docs/lint.md from those of lint. Nothing else ever
 * writes them.
 */

import { writeFileSync } from 'node:fs';
import { renderLintPage } from '../../src/lint/output/page.ts';
import { renderProtocol } from '../../src/report/protocol.ts';

writeFileSync(new URL('../../docs/protocol.md', import.meta.url), renderProtocol());
writeFileSync(new URL('../../docs/lint.md', import.meta.url), renderLintPage());
