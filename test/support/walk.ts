import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './run-command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONFIG = ['package.json', 'tsconfig.json', 'vitest.config.ts'];

/** A block of code of a page that says what to do with it: a whole file, a line to add to one, or lines within one. */
export interface WalkBlock {
  readonly kind: 'file' | 'line' | 'lines';
  readonly path: string;
  readonly code: string;
}

/** The blocks under `<!-- file PATH -->`, `<!-- line PATH -->` and `<!-- lines PATH -->`. */
export function walkBlocks(page: string): WalkBlock[] {
  const found = page.matchAll(/<!-- (file|lines?) (\S+) -->\n```\w+\n([\s\S]*?)```/g);
  return [...found].map(([, kind, path, code]) => ({
    kind: kind as WalkBlock['kind'],
    path: path!,
    code: code!,
  }));
}

/** Arguments of each `npx inferscope` line in the blocks under `<!-- run -->`. */
export function walkCommands(page: string): string[][] {
  const blocks = [...page.matchAll(/<!-- run -->\n```sh\n([\s\S]*?)```/g)].map(([, code]) => code!);
  const lines = blocks.flatMap((code) => code.trimEnd().split('\n'));
  return lines.map((line) =>
    line
      .replace(/ +#.*$/, '')
      .split(/ +/)
      .slice(2),
  );
}

/** The text with the `+` lines of a diff behind the lines that stand before them in it. Throws where one is missing. */
export function addLines(text: string, diff: string): string {
  const lines = text.split('\n');
  let at = 0;
  for (const line of diff.trimEnd().split('\n')) {
    const content = line.slice(1);
    if (line.startsWith('+')) lines.splice(at++, 0, content);
    else {
      const found = lines.indexOf(content, at);
      if (found < 0) throw new Error(`the file has no line "${content}" there`);
      at = found + 1;
    }
  }
  return lines.join('\n');
}

/** A copy of parts of the repository in a temporary folder, in which a page is followed. */
export class WalkedCopy {
  readonly folder: string;

  constructor(paths: readonly string[]) {
    this.folder = mkdtempSync(join(tmpdir(), 'inferscope-walk-'));
    for (const path of [...paths, ...CONFIG]) {
      cpSync(join(ROOT, path), join(this.folder, path), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
  }

  /** Does what the blocks say. */
  follow(blocks: readonly WalkBlock[]): void {
    for (const { kind, path, code } of blocks) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      if (kind === 'file') writeFileSync(file, code);
      else if (kind === 'line') appendFileSync(file, code);
      else writeFileSync(file, addLines(readFileSync(file, 'utf8'), code));
    }
  }

  /** What a script of node_modules prints in the copy. Throws an Error with all of it where it fails. */
  node(script: string, ...args: string[]): string {
    const command = [join(ROOT, 'node_modules', script), ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: this.folder,
      encoding: 'utf8',
    });
    if (status === 0) return stdout;
    throw new Error(`${script} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  }

  /** What command lines of the copy print, all in one process. Throws an Error where one ends with another code than 0. */
  run(lines: readonly (readonly string[])[]): string[] {
    const outcomes: Outcome[] = JSON.parse(
      this.node('tsx/dist/cli.mjs', 'test/support/walk-commands.ts', JSON.stringify(lines)),
    );
    return outcomes.map(({ code, out, err }, index) => {
      if (code === 0) return out;
      throw new Error(`${lines[index]!.join(' ')} ended with ${code}: ${err}`);
    });
  }

  /** What the compiler says of some files and whatever they import; nothing where the types hold. */
  typeErrors(include: readonly string[]): string {
    const config = JSON.stringify({ extends: './tsconfig.json', include });
    writeFileSync(join(this.folder, 'tsconfig.walk.json'), config);
    return this.node('typescript/bin/tsc', '-p', 'tsconfig.walk.json');
  }

  /** How many of these tests pass and fail. */
  test(...files: string[]): { readonly passed: number; readonly failed: number } {
    const args = ['run', '--reporter=json', '--maxWorkers=1', ...files];
    const { numPassedTests, numFailedTests } = JSON.parse(this.node('vitest/vitest.mjs', ...args));
    return { passed: numPassedTests, failed: numFailedTests };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
