import { earlyReferenceRows } from '../../boards/libraries/counted/early-reference.ts';
import type { CountedRows } from '../measurements/counted-core.ts';
import type { Identity } from '../measurements/row-identity.ts';

/** Versions of TensorFlow Lite Micro whose int8 reference kernels are those of early-reference.ts. */
const EARLY = /^tflite-micro-2\.[0-3](\.|$)/;

/** Whether an engine has the reference kernels of before 2.4. */
export const isEarly = ({ engine, version }: Identity): boolean =>
  engine === 'tflm-reference' && EARLY.test(version);

const CORE_NAME = /^\S+/;
const tables = new Map<string, CountedRows>();

/** Rows of the kernels that an engine had before today's, for a counted core ("rv32imac none"); undefined for one of today. */
export function earlyKernels(identity: Identity, counted: string): CountedRows | undefined {
  if (!isEarly(identity)) return undefined;
  let table = tables.get(counted);
  if (!table) tables.set(counted, (table = [{ costs: earlyReferenceRows(CORE_NAME.exec(counted)![0]) }]));
  return table;
}
