import type { Reproduction } from '../../calibrate/reproduce.ts';
import { formatNumber } from '../format.ts';

/** A word of the page and what it means there, everywhere. */
export interface Term {
  readonly word: string;
  readonly meaning: string;
}

/** How much longer the pin is high than the call alone takes, in ms, at most of all networks. */
function pinMs({ boards, beyond }: Reproduction): number {
  const differences = boards.flatMap(({ board, rows }) => {
    const calls = beyond.find((one) => one.board === board)?.rows ?? [];
    return rows.flatMap(({ filters, pulseMs }) => {
      const call = calls.find((row) => row.filters === filters);
      return call ? [pulseMs - call.pulseMs] : [];
    });
  });
  return Math.max(0, ...differences);
}

/** What is measured on a board in three words, which mean the same in every table and figure. */
export function termsOf(reproduction: Reproduction): Term[] {
  const extra = `${formatNumber(1000 * pinMs(reproduction), 2)} \u00b5s`;
  return [
    { word: 'call', meaning: 'the inference alone: what the steps below add up to.' },
    {
      word: 'pulse',
      meaning: `how long the measuring script's pin is high, as an oscilloscope reads it: the call, and up to ${extra} in which the script sets the pin.`,
    },
    {
      word: 'loop period',
      meaning:
        'from one rise of the pin to the next: the pulse, and what the script does before it measures again.',
    },
  ];
}
