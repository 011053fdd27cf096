/** The formats of `hasim report --export`, by their names. */

import type { Exporter } from './exporter.ts';
import type { Format } from './formats.ts';

export const EXPORTERS: Readonly<Partial<Record<Format, Exporter>>> = {};
