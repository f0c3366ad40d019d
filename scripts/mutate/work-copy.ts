/** Copies of the project in which files are changed; the project itself never is. */
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LEFT_OUT } from './tree.ts';

export class WorkCopy {
  readonly folder: string;

  /** Outside of node_modules, where test tools take TypeScript for a built library. */
  constructor(root: string) {
    this.folder = mkdtempSync(join(realpathSync(tmpdir()), 'mutate-'));
    cpSync(root, this.folder, {
      recursive: true,
      filter: (path) => dirname(path) !== root || !LEFT_OUT.has(basename(path)),
    });
    symlinkSync(realpathSync(join(root, 'node_modules')), join(this.folder, 'node_modules'), 'dir');
  }

  /** Runs `use` while `file` has another text. */
  async withText<T>(file: string, text: string, original: string, use: () => Promise<T>): Promise<T> {
    writeFileSync(join(this.folder, file), text);
    try {
      return await use();
    } finally {
      writeFileSync(join(this.folder, file), original);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
