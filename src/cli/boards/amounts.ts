import { SpecError } from '../../errors.ts';

const HZ: Readonly<Record<string, number>> = { '': 1, hz: 1, khz: 1e3, mhz: 1e6, ghz: 1e9 };
const BYTES: Readonly<Record<string, number>> = { '': 1, b: 1, kib: 1024, mib: 1024 ** 2, kb: 1e3, mb: 1e6 };
const AMOUNT = /^(\d+\.?\d*(?:e\d+)?)\s*([a-z]*)$/i;

function amountOf(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, amount = '', unit = ''] = AMOUNT.exec(text.trim()) ?? [];
  const value = Number(amount) * (units[unit.toLowerCase()] ?? Number.NaN);
  return amount !== '' && value > 0 && Number.isFinite(value) ? value : undefined;
}

/** A frequency such as 216MHz, 216e6 or 1.2GHz, in Hz; undefined for any other text. */
export const hzOf = (text: string): number | undefined => amountOf(text, HZ);

/** Bytes of a text such as 320KiB, 1MiB or 4096. Throws a SpecError that names the option. */
export function bytesOf(option: string, text: string): number {
  const bytes = amountOf(text, BYTES);
  if (bytes !== undefined && Number.isInteger(bytes)) return bytes;
  throw new SpecError(`--${option}: "${text}" is no amount of memory; write such as 320KiB, 1MiB or 4096`);
}
