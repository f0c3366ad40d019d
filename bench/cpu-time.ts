import process from 'node:process';

/** Processor time of all threads in ns: on a busy machine it says more than the clock on the wall. */
export function cpuNs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}
