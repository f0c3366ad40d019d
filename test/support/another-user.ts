import { spawnSync } from 'node:child_process';

/** Whom a process may run as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A user without rights, whom root may start processes as; undefined where the test is not root or has no such user. */
export function anotherUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  if (uid!.status !== 0 || gid!.status !== 0) return undefined;
  const user = { uid: Number(uid!.stdout), gid: Number(gid!.stdout) };
  return spawnSync(process.execPath, ['--version'], user).status === 0 ? user : undefined;
}
