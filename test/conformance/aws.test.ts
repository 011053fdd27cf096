/** Rules of the reference for AWS (section 8) that no other file tests yet, one to a line. */

import { test } from 'vitest';

test.todo('C-064: secondary-ip with fewer than four interfaces on a node: an error — not yet');
test.todo('C-065: an instance type of three interfaces, a design of four: an error before the run — not yet');
test.todo('C-089: seed 001 as a definition: X01, X03, X07, X22 and X23 — not yet');
