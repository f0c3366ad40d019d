/** What the documents' site holds and in which order; a page in docs/ that is not named here fails a test. */
export interface Section {
  readonly title: string;
  /** Pages by their paths in the repository; those of `generated` have no file there. */
  readonly pages: readonly string[];
}

export const SECTIONS: readonly Section[] = [
  { title: 'Start', pages: ['README.md', 'docs/concepts.md', 'examples/README.md'] },
  {
    title: 'Use',
    pages: [
      'cli.md',
      'docs/daily.md',
      'examples/ci/README.md',
      'docs/tflite-files.md',
      'docs/kmodel.md',
      'docs/images.md',
      'docs/settings.md',
      'docs/library.md',
      'docs/lua.md',
      'docs/many-machines.md',
    ],
  },
  {
    title: 'Firmware',
    pages: ['examples/firmware/README.md', 'docs/interpreter.md', 'docs/interrupts.md', 'docs/devices.md'],
  },
  {
    title: 'What it knows',
    pages: [
      'boards.md',
      'docs/accuracy.md',
      'docs/op-support.md',
      'docs/hardware/README.md',
      'docs/hardware/paper.md',
      'docs/hardware/k210.md',
      'docs/hardware/mvp.md',
      'docs/hardware/cortex-m7.md',
      'docs/hardware/kernel-counts.md',
      'docs/hardware/camera-and-screen.md',
      'docs/hardware/measured.md',
      'data/README.md',
    ],
  },
  {
    title: 'The project',
    pages: [
      'docs/architecture.md',
      'CONTRIBUTING.md',
      'docs/add-an-operator.md',
      'docs/testing.md',
      'docs/peers.md',
      'SECURITY.md',
      'CHANGELOG.md',
    ],
  },
];
