import type { BoardDoubt, Constant, CoreUnit } from './board.ts';
import { constant } from './constant.ts';

type DataCache = NonNullable<CoreUnit['dataCache']>;

/** ns for a line of 32 bytes, where nobody published them. */
// @__NO_SIDE_EFFECTS__
export function estimatedLineFill(ns: number): Constant {
  const source = 'no published table; first word through the bus, then the beats of a line';
  return constant(ns, 'ns per 32-byte line', source, 'estimated');
}

/** ns that an access to a flash without a cache takes beyond one cycle. */
// @__NO_SIDE_EFFECTS__
export function estimatedAccess(
  ns: number,
  source = 'wait states of its flash, as on boards of its kind',
): Constant {
  return constant(ns, 'ns per access, a word of a sequence on average', source, 'estimated');
}

/** A data cache as Arm's cores for microcontrollers have it, of so many KiB: 4 ways, lines of 32 bytes. */
// @__NO_SIDE_EFFECTS__
export function armDataCache(kib: number, source: string): DataCache {
  return {
    ...{ bytes: kib * 1024, ways: 4, lineBytes: 32 },
    ...{ replacement: 'random', writeMissesStall: false, source },
  };
}

/** The data cache of a Cortex-M7 of so many KiB. */
// @__NO_SIDE_EFFECTS__
export function cortexM7Cache(kib: number, sheet: string): DataCache {
  const source = `${sheet} (${kib} KiB), Arm TRM DDI 0489F (4 ways, lines of 32 bytes); random replacement is inferred`;
  return armDataCache(kib, source);
}

/** How far a board of a known core may be off, by the spread of boards with rows. */
// @__NO_SIDE_EFFECTS__
export function doubtOfRows(rows: number): BoardDoubt {
  const source = `${rows} published rows of data/measured.csv; the spread of boards of one core is 10 to 25 %`;
  return { factor: 1.35, grade: 'measured', source };
}

/** As far as an estimate from core and data sheet may be off. */
// @__NO_SIDE_EFFECTS__
export function doubtOfEstimate(source = 'no published row; core and data sheet', factor = 1.6): BoardDoubt {
  return { factor, grade: 'estimate', source };
}
