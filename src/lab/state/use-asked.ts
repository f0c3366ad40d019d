import { useEffect, useState } from 'preact/hooks';
import { callLab, callWhole } from './lab-simulation.ts';
import type { LabRemote, PredictRemote } from '../worker/connect.ts';

/** What the simulation said to a question, or why it said nothing. */
export interface AskedState<T> {
  readonly value?: T;
  readonly error?: string;
}

/** Asks for a prediction whenever `key` changes; the answer before stays until the next has come. */
export const useAsked = <T>(key: string, call: (lab: PredictRemote) => Promise<T>): AskedState<T> =>
  useAnswer(key, () => callLab(call));

/** Likewise for what a prediction does not need; a key that is undefined asks nothing. */
export const useComputed = <T>(
  key: string | undefined,
  call: (lab: LabRemote) => Promise<T>,
): AskedState<T> => useAnswer(key, () => callWhole(call));

function useAnswer<T>(key: string | undefined, ask: () => Promise<T>): AskedState<T> {
  const [state, setState] = useState<AskedState<T>>({});
  useEffect(() => {
    if (key === undefined) return setState({});
    let isCurrent = true;
    ask().then(
      (value) => isCurrent && setState({ value }),
      (error: Error) => isCurrent && setState({ error: error.message }),
    );
    return () => void (isCurrent = false);
  }, [key]);
  return state;
}
