import type { Board, Memory } from '../board/board.ts';
import { replaceAt } from '../board/constant-paths.ts';
import type { Setting, SettingFamily, SettingValue } from './setting.ts';

const BUILT = 'as-built';
const AS_BUILT: SettingValue = {
  help: 'as the board has it',
  source: 'page of the board',
  grade: 'documented',
};
const QUESTION = 'a question, no board: what another part would change';

const HZ: Readonly<Record<string, number>> = { '': 1, hz: 1, khz: 1e3, mhz: 1e6, ghz: 1e9 };

/** What an amount makes of what the board has: a share such as 2x of it, or an amount of its own. */
type Amount = (before: number) => number;

function amountOf(text: string, units: Readonly<Record<string, number>>): Amount | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?(?:e\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const amount = Number(digits);
  const scale = units[unit.toLowerCase()];
  if (!(amount > 0) || !Number.isFinite(amount)) return undefined;
  if (unit.toLowerCase() === 'x') return (before) => before * amount;
  return scale === undefined ? undefined : () => amount * scale;
}

/** A setting that is an amount, or a share of what the board has. */
function amountSetting(
  setting: Pick<Setting, 'key' | 'help' | 'isFor'>,
  form: string,
  units: Readonly<Record<string, number>>,
  apply: (board: Board, amount: Amount) => Board,
): Setting {
  const read = (text: string): SettingValue | undefined => {
    const amount = amountOf(text, units);
    return (
      amount && {
        ...{ help: text, source: QUESTION, grade: 'estimated' },
        apply: (board) => apply(board, amount),
      }
    );
  };
  const why = 'it is what the page of the board says';
  return { ...setting, standard: BUILT, why, values: { [BUILT]: AS_BUILT }, open: { form, read } };
}

const ids = (parts: readonly { readonly id: string }[]): string[] => parts.map(({ id }) => id);

/** Frequency of a clock; what --clock says. */
const CLOCK: SettingFamily = {
  key: 'clocks.ID',
  idsOf: ({ clocks }) => ids(clocks),
  of: (id) =>
    amountSetting(
      {
        key: `clocks.${id}`,
        help: 'frequency of a clock, by id; `--clock` is an alias',
        isFor: ({ clocks }) => ids(clocks).includes(id),
      },
      'a frequency such as 400MHz, or 0.5x',
      HZ,
      (board, amount) => {
        const { hz } = board.clocks.find((clock) => clock.id === id)!;
        return replaceAt(board, `clocks.${id}.hz`, { ...hz, value: amount(hz.value) });
      },
    ),
};

const coreHz = ({ clocks }: Board): number => clocks.find(({ id }) => id === 'core')!.hz.value;

const fillNs = ({ lineFillCycles, lineFillAtHz }: Memory, board: Board): number | undefined =>
  lineFillCycles && (lineFillCycles.value / (lineFillAtHz ?? coreHz(board))) * 1e9;

function withMemory(board: Board, id: string, change: (memory: Memory) => Memory): Board {
  return { ...board, memories: board.memories.map((memory) => (memory.id === id ? change(memory) : memory)) };
}

/** Time of a line fill, whatever the core's clock. */
const LINE_FILL: SettingFamily = {
  key: 'memories.ID.lineFillNs',
  idsOf: ({ memories }) => ids(memories.filter(({ lineFillCycles }) => lineFillCycles)),
  of: (id) =>
    amountSetting(
      {
        key: `memories.${id}.lineFillNs`,
        help: 'time of a memory to fill a line of the data cache',
        isFor: (board) => LINE_FILL.idsOf(board).includes(id),
      },
      'ns such as 60 or 60ns, or 2x',
      { '': 1, ns: 1 },
      (board, amount) =>
        withMemory(board, id, (memory) => {
          const value = (amount(fillNs(memory, board)!) * coreHz(board)) / 1e9;
          const lineFillCycles = { ...memory.lineFillCycles!, value };
          return { ...memory, lineFillCycles, lineFillAtHz: coreHz(board) };
        }),
    ),
};

/** Time of a load or store where no cache lies between. */
const ACCESS: SettingFamily = {
  key: 'memories.ID.accessNs',
  idsOf: (board) =>
    ids(board.memories.filter((memory) => (memory.accessNs?.value ?? fillNs(memory, board)) !== undefined)),
  of: (id) =>
    amountSetting(
      {
        key: `memories.${id}.accessNs`,
        help: 'time that a load or store waits for a memory where no cache lies between: its wait states',
        isFor: (board) => ACCESS.idsOf(board).includes(id),
      },
      'ns such as 20 or 20ns, or 2x',
      { '': 1, ns: 1 },
      (board, amount) =>
        withMemory(board, id, (memory) => {
          const before = memory.accessNs?.value ?? fillNs(memory, board)!;
          const accessNs = {
            value: amount(before),
            unit: 'ns',
            source: QUESTION,
            grade: 'estimated',
          } as const;
          return { ...memory, accessNs };
        }),
    ),
};

/** Settings of which there is one for each part of a board. */
export const SETTING_FAMILIES: readonly SettingFamily[] = [CLOCK, LINE_FILL, ACCESS];
