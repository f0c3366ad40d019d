import { hydrate, render } from 'preact';
import { answer } from './state/lab-store.ts';
import { listenToDrops } from './state/files.ts';
import { startLab } from './state/start.ts';
import { listenToKeys } from './page-keys.ts';
import { Lab } from './views/lab.tsx';

startLab();
const root = document.getElementById('lab')!;
if (answer.value) hydrate(<Lab />, root);
else {
  root.replaceChildren();
  render(<Lab />, root);
}
listenToKeys(document);
listenToDrops();
