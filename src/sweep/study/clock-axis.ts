import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import { quote } from '../../models/graph/quote.ts';

/** What a value of the clock axis does to a board: all its clocks by a factor, or some of them to a frequency. */
export type ClockSetting =
  | { readonly kind: 'factor'; readonly factor: number }
  | { readonly kind: 'hz'; readonly hz: Readonly<Record<string, number>> };

const FACTOR = /^(\d+\.?\d*|\.\d+)x$/i;
const SETTING = /^([A-Za-z][\w-]*)=(\d+\.?\d*(?:e\d+)?)(Hz|kHz|MHz|GHz)?$/i;
const PREFIX: Readonly<Record<string, number>> = { hz: 1, khz: 1e3, mhz: 1e6, ghz: 1e9 };
const FORM = 'write a factor such as 0.5x, or clocks by name such as core=240MHz or core=400MHz+kpu=300MHz';

/** A choice: below it no core runs by itself, and people write MHz as bare numbers of up to four digits. */
const LEAST_BARE_HZ = 10_000;

/** Whether a frequency is a small number without its unit, such as 400, which is meant as MHz. */
export const isLostUnit = (text = ''): boolean =>
  /^\s*[\d.]+\s*$/.test(text) && Number(text) > 0 && Number(text) < LEAST_BARE_HZ;

/** Reads "0.5x" or "core=240MHz+kpu=300MHz". Throws a SpecError of one line. */
export function parseClock(text: string): ClockSetting {
  const factor = Number(FACTOR.exec(text)?.[1] ?? 0);
  if (factor > 0) return { kind: 'factor', factor };
  const settings = text.split('+').map((part): [string, number] => {
    const [, id = '', amount = '', unit = 'Hz'] = SETTING.exec(part.trim()) ?? [];
    if (isLostUnit(part.split('=')[1]))
      throw new SpecError(`clock: ${quote(text)} would be ${amount} Hz; ${FORM}`);
    const hz = Number(amount) * PREFIX[unit.toLowerCase()];
    if (id !== '' && hz > 0) return [id, hz];
    throw new SpecError(`clock: ${quote(text)} is not understood; ${FORM}`);
  });
  return { kind: 'hz', hz: Object.fromEntries(settings) };
}

/** Frequencies in Hz by clock id that a setting gives a board, as `predict` takes them. */
export function clockHzOn(setting: ClockSetting, board: Board): Readonly<Record<string, number>> {
  if (setting.kind === 'hz') return setting.hz;
  return Object.fromEntries(board.clocks.map(({ id, hz }) => [id, hz.value * setting.factor]));
}
