/** `npm run protocol`: writes docs/protocol.md from the tables of the protocol. Nothing else ever writes it. */

import { writeFileSync } from 'node:fs';
import { renderProtocol } from '../../src/report/protocol.ts';

writeFileSync(new URL('../../docs/protocol.md', import.meta.url), renderProtocol());
