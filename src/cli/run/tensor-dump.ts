import { join } from 'node:path';
import type { Executor } from '../../kernels/execute/executor.ts';
import { writeNpy } from '../../models/formats/npy.ts';
import { makeDirectory } from '../outputs.ts';
import { replaceFile } from '../replace-file.ts';

interface DumpFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

const plain = (text: string) => text.replace(/[^A-Za-z0-9_]+/g, '-');

/** Collects the tensors of one run as .npy files: the outputs of each node, named by its index and operator. */
export class TensorDump {
  readonly #executor: Executor;
  readonly #files: DumpFile[] = [];

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  /** To be called after each node: tensors of nodes that ran earlier may be gone. */
  add(node: number): void {
    const { op, outputs } = this.#executor.graph.nodes[node];
    for (const tensor of outputs) {
      const file = `${`${node}`.padStart(3, '0')}-${plain(op)}-tensor-${tensor}.npy`;
      this.#files.push({ file, bytes: this.#encode(tensor) });
    }
  }

  #encode(index: number): Uint8Array {
    const { dtype, shape } = this.#executor.graph.tensors[index];
    const { buffer, byteOffset, byteLength } = this.#executor.tensor(index);
    return writeNpy({ dtype, shape, bytes: new Uint8Array(buffer, byteOffset, byteLength) });
  }

  /** Writes what was collected and gives the number of files. Throws a SpecError where the folder cannot be written. */
  async write(folder: string): Promise<number> {
    await makeDirectory(folder);
    for (const { file, bytes } of this.#files) await replaceFile(join(folder, file), bytes);
    return this.#files.length;
  }
}
