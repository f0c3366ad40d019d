import { describe, expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { convertToKmodel } from '../../deploy/ncc/convert-to-kmodel.ts';
import { loadTrainedPaperCnn } from '../../training/paper/trained-paper.ts';
import { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { KpuTasks } from './kpu-tasks.ts';

const BOARD = boardById('maixduino');
const { graph } = await loadTrainedPaperCnn(1);
const { bytes, mainMemoryBytes } = convertToKmodel(graph, [new Uint8Array(196).fill(90)]);
const TAKEN = bytes.length + mainMemoryBytes;

/** The board with a heap of so many bytes. */
function tasksOn(heapBytes: number): KpuTasks {
  const { activations } = BOARD.runtime.placement;
  const memories = BOARD.memories.map((memory) =>
    memory.id === activations
      ? { ...memory, availableBytes: { ...memory.availableBytes, value: heapBytes } }
      : memory,
  );
  return new KpuTasks(new VirtualHardware({ board: { ...BOARD, memories } }));
}

const FULL = '[MAIXPY]kpu: load error:2009, ERR_MODELS_FULL: we only support load 5 models in the same time';
const NO_MEMORY = '[MAIXPY]kpu: load error:2006, ERR_NO_MEM: memory not enough';

describe('models in memory', () => {
  test('five load, a sixth does not, and one that is freed makes room', () => {
    const tasks = tasksOn(100 * TAKEN);
    const handles = [1, 2, 3, 4, 5].map(() => tasks.load(bytes, 'm'));
    expect(handles).toEqual([1, 2, 3, 4, 5]);
    expect(() => tasks.load(bytes, 'm')).toThrow(FULL);
    tasks.free(2);
    expect(tasks.load(bytes, 'm')).toBe(6);
    expect(() => tasks.load(bytes, 'm')).toThrow(FULL);
  });

  test('each takes its file and its main memory of the heap, to the last byte', () => {
    const tasks = tasksOn(2 * TAKEN);
    tasks.load(bytes, 'a');
    expect(tasks.freeBytes).toBe(TAKEN);
    tasks.load(bytes, 'b');
    expect(tasks.freeBytes).toBe(0);
    expect(() => tasks.load(bytes, 'c')).toThrow(NO_MEMORY);
    tasks.free(1);
    expect(tasks.freeBytes).toBe(TAKEN);
  });

  test('a freed one is gone', () => {
    const tasks = tasksOn(TAKEN);
    const handle = tasks.load(bytes, 'm');
    expect(tasks.get(handle).shape).toEqual({ h: 14, w: 14, c: 1 });
    tasks.free(handle);
    expect(() => tasks.get(handle)).toThrow('kpu: this task was freed with kpu.deinit');
  });
});

test('a model is as long as its layers say, whatever follows it in the flash', () => {
  const flash = new Uint8Array(bytes.length + 5000).fill(0xff);
  flash.set(bytes);
  const tasks = tasksOn(TAKEN);
  tasks.load(flash, 'm');
  expect(tasks.freeBytes).toBe(0);
});

test('what is no kmodel is a version that the loader does not know', () => {
  expect(() => tasksOn(TAKEN).load(new Uint8Array(100), 'm')).toThrow(
    '2002, ERR_KMODEL_VERSION: only support kmodel V3/V4 now',
  );
});
