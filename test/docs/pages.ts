/** Every page that is written by a program, with what writes it; `npm run protocol` writes them, and a test says when one is out of date. */

import { renderLintPage } from '../../src/lint/output/page.ts';
import { renderProtocol } from '../../src/report/protocol.ts';
import { renderFaults } from './faults.ts';
import { renderGallery } from './gallery.ts';
import { renderParameters } from './parameters.ts';
import { renderScenarioReference } from './scenario-reference.ts';

/** By file, from the root of the project. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/protocol.md': renderProtocol,
  'docs/lint.md': renderLintPage,
  'docs/scenario-reference.md': renderScenarioReference,
  'docs/faults.md': renderFaults,
  'docs/parameters.md': renderParameters,
  'scenarios/README.md': renderGallery,
};
