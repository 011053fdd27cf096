/**
 * Property tests look at the same cases on every machine, so that a change that passes here passes everywhere, and a failure is the
 * change's own. With `HASIM_FUZZ` they look at others every time, and at more of them; what they find becomes a test.
 */

import fc from 'fast-check';

const SEED = 20_261_123;

if (process.env['HASIM_FUZZ'] === undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
