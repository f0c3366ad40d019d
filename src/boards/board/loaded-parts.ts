import { loadedCount } from '../../kernels/registry.ts';

/*
 * A page takes along what it uses: prices of operators come with what reads or builds networks of them. A board is put
 * together from what is loaded when it is asked, and anew when more has been loaded since.
 */

let loads = 0;

/** Says that further parts of boards are loaded from now on. */
export function partsWereLoaded(): void {
  loads++;
}

/** What `make` gives, made when it is first asked for, and again once operators or parts of boards were loaded. */
// @__NO_SIDE_EFFECTS__
export function untilMoreLoads<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made; readonly state: number } | undefined;
  return () => {
    // Both only grow.
    const state = loads + loadedCount();
    if (made?.state !== state) made = { value: make(), state };
    return made.value;
  };
}
