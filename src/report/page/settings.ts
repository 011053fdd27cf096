/** What the run was made of: the settings in force, what PAN-OS does not publish, all of it as YAML, and the files as they were read. */

import { formatDuration } from '../../kernel/time.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { behind, tableOf } from '../html/table.ts';
import { settingRows } from '../settings.ts';
import { counted, grouped } from '../table.ts';
import type { Placed } from './about.ts';

/** Settings of both firewalls side by side. */
export function settingsSection(run: Placed): Markup {
  const { devices } = run.result;
  const rows = settingRows(devices);
  const cells = rows.map(({ group, name, values }, index): Content[] => [
    rows[index - 1]?.group === group ? '' : group,
    name,
    ...values.map((value) =>
      values.every((other) => other === value) ? value : html`<strong>${value}</strong>`,
    ),
  ]);
  return html`${tableOf(
    [{ text: 'group' }, { text: 'setting' }, ...devices.map(({ name }) => ({ text: name, wrap: true }))],
    cells,
    { caption: 'What differs between the two is in bold.' },
  )}
  ${environment(run)}
  ${behind('Every setting, defaults filled in, as YAML', html`<pre class="file">${run.settings}</pre>`)}
  ${run.sources.map(({ file, text }) => behind(`${file}, as it was read`, html`<pre class="file">${numbered(text)}</pre>`))}`;
}

/** What else the run was given, and what this page holds of it. */
function environment({ result }: Placed): Markup {
  const { version, schemaVersion, seed, untilUs, endedAtUs, events, traceLevel, records, capture } = result;
  const kept =
    capture === null
      ? 'none'
      : `${grouped(capture.packets.length)}${capture.leftOut === 0 ? '' : `; ${grouped(capture.leftOut)} others, long before or after the first fault, were not`}`;
  const rows: readonly (readonly [string, string])[] = [
    ['hasim', `${version}, results of schema ${schemaVersion}`],
    ['seed', seed],
    ['ran until', `${formatDuration(endedAtUs)} of ${formatDuration(untilUs)}`],
    ['events', grouped(events)],
    ['trace', `${traceLevel}, ${counted(records.length, 'record')}`],
    ['packets kept', kept],
  ];
  return behind(
    'What the run was given besides',
    tableOf([{ text: 'of the run' }, { text: 'value', wrap: true }], rows, { named: true }),
  );
}

function numbered(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const width = String(lines.length).length;
  return lines.map((line, index) => `${String(index + 1).padStart(width)}  ${line}`).join('\n');
}

/** What the result rests on beside the documents. */
export function assumptionsSection({ result: { assumptions } }: Placed): Markup {
  if (assumptions.length === 0)
    return html`<p class="soft">Nothing that PAN-OS does not publish took effect in this run.</p>`;
  const changed = assumptions.filter((one) => one.changed).length;
  return html`<p>
      PAN-OS does not publish these; a scenario sets them under <code>unpublished:</code>.
      ${changed === 0 ? 'All have their defaults.' : `${counted(changed, 'value')} changed.`}
    </p>
    ${tableOf(
      [
        { text: 'parameter' },
        { text: 'value' },
        { text: 'default' },
        { text: 'range', wrap: true },
        { text: 'what it is', wrap: true },
        { text: 'source' },
      ],
      assumptions.map(({ name, value, default: usual, changed: isChanged, range, note, source }) => [
        name,
        isChanged ? html`<strong>${value}</strong> (changed)` : value,
        usual,
        range,
        note,
        source === 'ours' ? 'ours' : `section ${source}`,
      ]),
      { named: true },
    )}`;
}
