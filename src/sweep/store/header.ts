import { join } from 'node:path';
import { FormatError, SpecError } from '../../errors.ts';
import type { DesignSpace } from '../study/space.ts';
import type { SweepPlan } from '../study/run-plan.ts';
import type { Files } from './store-files.ts';

export const HEADER_FILE = 'sweep.json';

const FORMAT = 'inferscope sweep';

/** Raise it where the files of a store change. */
export const STORE_VERSION = 2;

/** The `sweep.json` of a store: which sweep it holds. */
export interface StoreHeader {
  readonly format: typeof FORMAT;
  readonly formatVersion: number;
  /** Version of inferscope that made the results. */
  readonly inferscope: string;
  readonly key: string;
  readonly points: number;
  readonly batchPoints: number;
  readonly space: DesignSpace;
}

export function headerOf({ version, key, points, batchPoints, space }: SweepPlan): StoreHeader {
  return {
    format: FORMAT,
    formatVersion: STORE_VERSION,
    inferscope: version,
    key,
    points,
    batchPoints,
    space,
  };
}

export function formatHeader(header: StoreHeader): string {
  return `${JSON.stringify(header, null, 2)}\n`;
}

/** The header of a store's folder. Throws as `parseHeader`. */
export async function readHeader(files: Files, folder: string): Promise<StoreHeader> {
  const path = join(folder, HEADER_FILE);
  const found = await files.stat(path);
  return parseHeader(path, found.isFile() ? new TextDecoder().decode(await files.readFile(path)) : '');
}

/** Reads a `sweep.json`. Throws a FormatError of one line for a damaged one and for a store of another version. */
export function parseHeader(path: string, text: string): StoreHeader {
  let header: Partial<StoreHeader> | null;
  try {
    header = JSON.parse(text) as Partial<StoreHeader> | null;
  } catch {
    header = null;
  }
  if (header?.format !== FORMAT) {
    throw new FormatError(`${path}: is no description of a sweep, or is damaged; name another folder`);
  }
  if (header.formatVersion !== STORE_VERSION) {
    throw new FormatError(
      `${path}: a store of version ${header.formatVersion}, this inferscope reads version ${STORE_VERSION}; ` +
        'use the inferscope that began it or name another folder',
    );
  }
  const { key, points, batchPoints } = header;
  if (typeof key !== 'string' || !isCount(points) || !isCount(batchPoints)) {
    throw new FormatError(`${path}: is damaged (key, points or batchPoints); name another folder`);
  }
  return header as StoreHeader;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** Throws a SpecError of one line where a store cannot take the results of a plan. */
export function requireSameSweep(folder: string, header: StoreHeader, plan: SweepPlan): void {
  if (header.inferscope !== plan.version) {
    throw new SpecError(
      `${folder}: was begun by inferscope ${header.inferscope}, this is ${plan.version}; ` +
        'finish it with that version or name another folder',
    );
  }
  if (header.key === plan.key && header.points === plan.points) return;
  throw new SpecError(
    `${folder}: holds another sweep (${header.points} points, key ${header.key.slice(0, 12)}; ` +
      `this one has ${plan.points}, key ${plan.key.slice(0, 12)}); name another folder`,
  );
}
