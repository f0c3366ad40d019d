import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { appendFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { indicesOf, newFolder, readIndices, smallPlan } from '../../../test/support/sweep-plan.ts';
import { sweep } from '../run-sweep.ts';
import type { SweepPlan } from '../study/run-plan.ts';
import { NODE_FILES, type Files } from './store-files.ts';
import { openStore, type SweepStore } from './store.ts';

const plan = smallPlan(10, 24);
let folder = '';
beforeEach(() => void (folder = join(newFolder(), 'results')));

async function fill(store: SweepStore, batches = Infinity): Promise<void> {
  for await (const { batch } of sweep(store.plan, { store })) if (batch + 1 >= batches) return;
}

/** Everything in the folder, for comparing before and after. */
function contents(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    names.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'base64')]),
  );
}

/** The message of a refusal, and that it changed nothing. */
async function refusal(use: SweepPlan, resume: boolean): Promise<string> {
  const before = contents();
  const message = await openStore(folder, use, { resume }).then(
    () => 'opened',
    (error: Error) => error.message.replaceAll(folder, 'FOLDER'),
  );
  expect(contents()).toEqual(before);
  expect(message).not.toContain('\n');
  return message;
}

test('a finished sweep is one file with every point once, in order, and no parts', async () => {
  const store = await openStore(folder, plan);
  await fill(store);
  expect(readdirSync(folder)).toEqual(['parts', 'sweep.json']);
  const path = await store.merge();
  expect(readdirSync(folder)).toEqual(['results.parquet', 'sweep.json']);
  expect(await readIndices(path)).toEqual(indicesOf(plan));
});

test('a sweep that was broken off goes on where it was, to the same bytes', async () => {
  const other = await openStore(join(newFolder(), 'other'), plan);
  await fill(other);
  await fill(await openStore(folder, plan), 2);
  const store = await openStore(folder, plan, { resume: true });
  expect([store.finishedPoints, [...store.missing()]]).toEqual([48, [2, 3]]);
  await fill(store);
  expect(await readFile(await store.merge())).toEqual(await readFile(await other.merge()));
});

test('points are counted where the last batch holds fewer', async () => {
  const odd = smallPlan(10, 33);
  const store = await openStore(folder, odd);
  await fill(store);
  expect([odd.batches, store.finishedPoints]).toEqual([3, 80]);
});

const growing = () => readdirSync(join(folder, 'parts')).filter((name) => name.startsWith('growing'));

test('what a killed process has merged so far is deleted by the next', async () => {
  await fill(await openStore(folder, plan), 2);
  expect(growing()).toHaveLength(1);
  await openStore(folder, plan, { resume: true });
  expect(growing()).toEqual([]);
});

test('a growing file that somebody else has touched is not trusted', async () => {
  const store = await openStore(folder, plan);
  await fill(store);
  await appendFile(join(folder, 'parts', growing()[0]), 'x');
  expect(await readIndices(await store.merge())).toEqual(indicesOf(plan));
});

const part = () => join(folder, 'parts', 'batch-00000001.parquet');

test.each([0, 5, 400])(
  'a part that a loss of power has cut to %i bytes is evaluated again',
  async (bytes) => {
    await fill(await openStore(folder, plan), 3);
    await truncate(part(), bytes);
    const store = await openStore(folder, plan, { resume: true });
    expect([...store.missing()]).toEqual([1, 3]);
    await fill(store);
    expect(await readIndices(await store.merge())).toEqual(indicesOf(plan));
  },
);

describe('what is refused in one line, and left as it is', () => {
  it('a folder with other files', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'thesis.tex'), '');
    expect(await refusal(plan, true)).toBe(
      'FOLDER: holds other files and no sweep (no sweep.json); name a new or empty folder',
    );
  });

  it('a file', async () => {
    await writeFile(folder, '');
    await expect(openStore(folder, plan)).rejects.toThrow('is a file; name a folder for the results');
  });

  it('a folder in a folder that is not there', async () => {
    await expect(openStore(join(folder, 'a'), plan)).rejects.toThrow(
      'cannot be written: its folder does not exist',
    );
  });

  it('results, unless it is told to go on with them', async () => {
    await fill(await openStore(folder, plan), 2);
    expect(await refusal(plan, false)).toBe(
      'FOLDER: holds 48 of 80 points of this sweep already; add --resume to go on with it, or name another folder',
    );
  });

  it('the results of another space', async () => {
    await fill(await openStore(folder, plan), 2);
    expect(await refusal(smallPlan(11, 24), true)).toMatch(
      /^FOLDER: holds another sweep \(80 points, .*; name another folder$/,
    );
  });

  it('the results of another version of inferscope', async () => {
    await fill(await openStore(folder, plan), 2);
    expect(await refusal(smallPlan(10, 24, '0.2.0'), true)).toBe(
      'FOLDER: was begun by inferscope 0.1.0, this is 0.2.0; finish it with that version or name another folder',
    );
  });

  it('a store of another version', async () => {
    await fill(await openStore(folder, plan), 2);
    const path = join(folder, 'sweep.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"formatVersion": 2', '"formatVersion": 9'));
    expect(await refusal(plan, true)).toMatch(
      /^FOLDER\/sweep.json: a store of version 9, this inferscope reads version 2/,
    );
  });

  it.each(['', '{', '[]', 'null', '{"format":"something"}'])('a sweep.json of "%s"', async (text) => {
    await fill(await openStore(folder, plan), 2);
    writeFileSync(join(folder, 'sweep.json'), text);
    expect(await refusal(plan, true)).toBe(
      'FOLDER/sweep.json: is no description of a sweep, or is damaged; name another folder',
    );
  });

  it('a part of something else', async () => {
    await fill(await openStore(folder, plan), 2);
    writeFileSync(part(), readFileSync(join(folder, 'parts', 'batch-00000000.parquet')));
    expect(await refusal(plan, true)).toBe(
      'FOLDER/parts/batch-00000001.parquet: is not of this sweep; delete it and run again with --resume',
    );
  });

  it('results with something behind their end', async () => {
    const store = await openStore(folder, plan);
    await fill(store);
    await appendFile(await store.merge(), 'x');
    expect(await refusal(plan, true)).toMatch(/^FOLDER\/results.parquet: is damaged/);
  });

  it('a part with a flipped bit is found before parts are merged', async () => {
    await fill(await openStore(folder, plan));
    const bytes = readFileSync(part());
    bytes[100] ^= 1;
    writeFileSync(part(), bytes);
    const store = await openStore(folder, plan, { resume: true });
    await expect(store.merge()).rejects.toThrow('batch-00000001.parquet: is damaged (its checksum differs)');
    expect(readdirSync(folder)).toEqual(['parts', 'sweep.json']);
    rmSync(part());
    const again = await openStore(folder, plan, { resume: true });
    await fill(again);
    expect(await readIndices(await again.merge())).toEqual(indicesOf(plan));
  });

  it('a bit that flips behind the back of the store that wrote the part does no harm: it knows what it wrote', async () => {
    const store = await openStore(folder, plan);
    await fill(store);
    const bytes = readFileSync(part());
    bytes[100] ^= 1;
    writeFileSync(part(), bytes);
    expect(await readIndices(await store.merge())).toEqual(indicesOf(plan));
  });
});

/** The file system of a disk with so much room. */
function fullAfter(freeBytes: number): Files {
  let left = freeBytes;
  const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  return {
    ...NODE_FILES,
    writeFileSync(path, data) {
      const needed = (data as Uint8Array).length;
      NODE_FILES.writeFileSync(path, left >= needed ? data : 'half a file');
      if (left < needed) throw full();
      left -= needed;
    },
    appendFileSync(path, data) {
      const needed = (data as Uint8Array).length;
      if (left < needed) throw full();
      left -= needed;
      NODE_FILES.appendFileSync(path, data);
    },
    rmSync(path, options) {
      left += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      NODE_FILES.rmSync(path, options);
    },
    async open(...args: Parameters<Files['open']>) {
      const handle = await NODE_FILES.open(...args);
      const write = handle.writeFile.bind(handle);
      handle.writeFile = async (data) => {
        left -= (data as Uint8Array).length;
        if (left >= 0) return write(data);
        await write('half a file');
        throw full();
      };
      return handle;
    },
  };
}

test('on a full disk one line is said, and what was finished is kept whole', async () => {
  const partBytes = await bytesOfFirstPart();
  const full = await openStore(folder, plan, { files: fullAfter(3.5 * partBytes) });
  await expect(fill(full)).rejects.toThrow(
    /^[^\n]*parts\/batch-\d{8}.parquet: cannot be written: no space left on the device$/,
  );
  const store = await openStore(folder, plan, { resume: true });
  // Nothing that only saves time takes their room.
  expect(store.finishedBatches).toBe(3);
  expect(readdirSync(join(folder, 'parts'))).toHaveLength(3);
  await fill(store);
  const noRoom = await openStore(folder, plan, { resume: true, files: fullAfter(partBytes) });
  await expect(noRoom.merge()).rejects.toThrow(
    /results.parquet: cannot be written: no space left on the device$/,
  );
  expect(await readIndices(await store.merge())).toEqual(indicesOf(plan));
});

async function bytesOfFirstPart(): Promise<number> {
  for await (const { bytes } of sweep(plan)) return bytes!.length;
  throw new Error('no batch');
}
