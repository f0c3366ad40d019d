import { resourceUrl } from '../../worker/lab-resource.ts';

type Workbench = typeof import('./workbench.ts');

let loading: Promise<Workbench> | undefined;

/** Loads editor and oscilloscope once. Rejects with an Error where the file is not beside the page. */
export function loadWorkbench(): Promise<Workbench> {
  loading ??= import(/* @vite-ignore */ resourceUrl('workbench.js')) as Promise<Workbench>;
  loading.catch(() => (loading = undefined));
  return loading;
}
