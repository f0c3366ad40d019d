/** Calls of the file system by their names, as the interpreter's module imports them. */
type FileCalls = Record<string, (...args: number[]) => unknown>;

/** Which arguments of a call are paths. */
const PATHS: Readonly<Record<string, readonly number[]>> = {
  __syscall_chdir: [0],
  __syscall_lstat64: [0],
  __syscall_mkdirat: [1],
  __syscall_newfstatat: [1],
  __syscall_openat: [1],
  __syscall_renameat: [1, 3],
  __syscall_rmdir: [0],
  __syscall_stat64: [0],
  __syscall_statfs64: [0],
  __syscall_unlinkat: [1],
};

/** Names of files and folders that a script may make in one run: they lie in the host's memory. */
const MAX_NAMES = 4096;
/** Bounds of a whole path, choices: the way along one takes as long as the square of its parts. */
const MAX_PARTS = 32;
const MAX_LETTERS = 1024;

/** Flag of a call that opens a file: make it where there is none. */
const O_CREAT = 0x40;
/** "No space left" and "invalid argument" as WebAssembly numbers them, which the shims translate. */
const ENOSPC = 51;
const EINVAL = 28;

/**
 * The calls with bounds: a path that is too long or too deep is an invalid one, as FatFs says of a name that is too long
 * (FR_INVALID_NAME), and beyond so many names the card is full. `pathAt` gives the whole path at a pointer.
 */
export function guardedPaths(env: FileCalls, pathAt: (pointer: number) => string): FileCalls {
  const made = new Set<string>();
  const isTooMany = (path: string): boolean => {
    made.add(path);
    return made.size > MAX_NAMES;
  };
  const guarded = (name: string, positions: readonly number[]) => {
    return (...args: number[]): unknown => {
      const paths = positions.map((position) => pathAt(args[position]));
      if (paths.some(isTooLong)) return -EINVAL;
      return makesName(name, args) && isTooMany(paths.at(-1)!) ? -ENOSPC : env[name](...args);
    };
  };
  return Object.fromEntries(Object.entries(PATHS).map(([name, at]) => [name, guarded(name, at)]));
}

function makesName(name: string, args: readonly number[]): boolean {
  return name === '__syscall_mkdirat' || (name === '__syscall_openat' && (args[2] & O_CREAT) !== 0);
}

function isTooLong(path: string): boolean {
  return path.length > MAX_LETTERS || path.split('/').length > MAX_PARTS + 1;
}
