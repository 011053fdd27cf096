/** `npm run protocol`: writes the pages that are made from the code and the scenarios. Nothing else ever writes them. */

import { writeFileSync } from 'node:fs';
import { GENERATED } from './pages.ts';

for (const [file, render] of Object.entries(GENERATED)) {
  writeFileSync(new URL(`../../${file}`, import.meta.url), render());
}
