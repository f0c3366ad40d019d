import { FormatError } from '../../../errors.ts';
import { KPU_LINE_BYTES, KPU_LINES, kpuLinesOf } from '../../../models/formats/kmodel/kpu-layout.ts';
import type { MapsShape } from '../kpu-conv2d/kpu-memory-layout.ts';

/** Main memory and KPU memory as one layer sees them; `where` is what errors call it. */
export class LayerMemory {
  readonly main: Uint8Array;
  readonly kpu: Uint8Array;
  readonly where: string;

  constructor(main: Uint8Array, kpu: Uint8Array, where: string) {
    this.main = main;
    this.kpu = kpu;
    this.where = where;
  }

  /** A view of main memory. Throws a FormatError outside of it. */
  bytes(address: number, count: number): Uint8Array {
    if (address + count > this.main.length) {
      this.fail(`${count} bytes at ${address} pass the end of its main memory of ${this.main.length} bytes`);
    }
    return this.main.subarray(address, address + count);
  }

  /** A view of main memory as float32. Throws a FormatError outside of it and off a multiple of 4. */
  floats(address: number, count: number): Float32Array {
    const { buffer, byteOffset } = this.bytes(address, 4 * count);
    if (address % 4 !== 0) this.fail(`float32 values at ${address}, which is no multiple of 4`);
    return new Float32Array(buffer, byteOffset, count);
  }

  /** Throws a FormatError where maps at `line` pass the end of KPU memory. */
  requireLines(line: number, { channels, height, width }: MapsShape): void {
    const lines = kpuLinesOf(height, width, channels);
    if (line + lines <= KPU_LINES) return;
    this.fail(
      `maps of ${height}x${width}x${channels} at line ${line} need ${lines * KPU_LINE_BYTES} bytes and pass the 2 MiB ` +
        'of KPU memory',
    );
  }

  fail(detail: string): never {
    throw new FormatError(`${this.where}: ${detail}`);
  }
}

/** Runs a layer once over the memory that it was prepared for. */
export type RunLayer = () => void;
