/** Above the lanes: to the fault, the whole, nearer, farther; which messages are shown; and the keys. */

import { MESSAGE_CLASSES } from '../report/lanes/model.ts';
import { KEYS, type Action } from './keys.ts';
import { DASHES } from './paint-messages.ts';
import { glyphPath } from './paint-marks.ts';
import type { ViewerState } from './state.ts';
import { CLASS_NAMES } from './words.ts';

const BUTTONS: readonly (readonly [text: string, action: Action])[] = [
  ['fault', { do: 'fault' }],
  ['whole run', { do: 'whole' }],
  ['−', { do: 'zoom', factor: 1.5 }],
  ['+', { do: 'zoom', factor: 1 / 1.5 }],
  ['‹ before', { do: 'previous' }],
  ['next ›', { do: 'next' }],
];

const KEY_SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  '-': '−',
};

const LABELS: Readonly<Record<string, string>> = { '−': 'farther', '+': 'nearer' };

export function Toolbar({ state }: { readonly state: ViewerState }) {
  return (
    <div class="toolbar">
      <div class="buttons">
        {BUTTONS.map(([text, action]) => (
          <button
            key={text}
            type="button"
            aria-label={LABELS[text] ?? text}
            onClick={() => state.act(action)}
          >
            {text}
          </button>
        ))}
        <button
          type="button"
          aria-expanded={state.helps.value}
          onClick={() => state.act({ do: 'help' })}
          aria-label="keys"
        >
          ? keys
        </button>
      </div>
      <div class="classes" role="group" aria-label="Messages that are shown">
        {state.classes.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={state.shows(name)} onChange={() => state.toggle(name)} />
            <svg width="26" height="10" aria-hidden="true">
              <line
                x1="1"
                y1="5"
                x2="25"
                y2="5"
                class={`m${MESSAGE_CLASSES.indexOf(name)}`}
                stroke-dasharray={(DASHES[MESSAGE_CLASSES.indexOf(name)] ?? []).join(' ')}
              />
            </svg>
            {CLASS_NAMES[name]}
          </label>
        ))}
        <span class="legend">
          {(
            [
              ['fault', 'fault'],
              ['heal', 'repair'],
              ['operator', 'operator'],
              ['takeover', 'takeover'],
              ['restored', 'traffic back'],
              ['garp', 'GARP'],
              ['lost', 'lost'],
            ] as const
          ).map(([glyph, text]) => (
            <span key={glyph}>
              <svg width="16" height="16" aria-hidden="true">
                <path d={glyphPath(glyph)} />
              </svg>
              {text}
            </span>
          ))}
        </span>
      </div>
      {state.helps.value && (
        <dl class="keys">
          {KEYS.map(([keys, , what]) => (
            <div key={keys[0]}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{KEY_SIGNS[key] ?? key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
          <div>
            <dt>
              <kbd>wheel</kbd>
            </dt>
            <dd>nearer and farther; with Shift earlier and later; drag to move</dd>
          </div>
        </dl>
      )}
    </div>
  );
}
