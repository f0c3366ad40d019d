import { join } from 'node:path';

export const PARTS_FOLDER = 'parts';

const PART_NAME = /^batch-(\d{8})\.parquet$/;

function partName(batch: number): string {
  return `batch-${String(batch).padStart(8, '0')}.parquet`;
}

export function batchOfPart(name: string): number | undefined {
  const digits = PART_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Where the store in a folder keeps a batch. */
export function partPath(folder: string, batch: number): string {
  return join(folder, PARTS_FOLDER, partName(batch));
}
