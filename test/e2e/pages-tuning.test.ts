/** docs/tuning.md: its searches are carried out, and come out as the page shows; see pages.test.ts. */

import { testPages } from '../helpers/page-suite.ts';
import { readPage } from '../helpers/page.ts';

testPages([readPage('docs/tuning.md')]);
