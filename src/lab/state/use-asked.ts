import { useEffect, useState } from 'preact/hooks';
import { callLab } from './lab-simulation.ts';
import type { LabRemote } from '../worker/connect.ts';

/** What the simulation said to a question, or why it said nothing. */
export interface AskedState<T> {
  readonly value?: T;
  readonly error?: string;
}

/** Asks the simulation whenever `key` changes; the answer before stays until the next has come. */
export function useAsked<T>(key: string, call: (lab: LabRemote) => Promise<T>): AskedState<T> {
  const [state, setState] = useState<AskedState<T>>({});
  useEffect(() => {
    let isCurrent = true;
    callLab(call).then(
      (value) => isCurrent && setState({ value }),
      (error: Error) => isCurrent && setState({ error: error.message }),
    );
    return () => void (isCurrent = false);
  }, [key]);
  return state;
}
