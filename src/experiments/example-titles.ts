/** Networks to begin with by what people call them, and the name that a spec of each has; the first is the paper's. */
export const EXAMPLE_TITLES = [
  { title: 'Digits', name: '' },
  { title: 'Keyword spotting', name: 'Keyword spotting (DS-CNN)' },
  { title: 'Person', name: 'Person detection (MobileNetV1 x 0.25)' },
  { title: 'CIFAR-10', name: 'CIFAR-10 (ResNet-8)' },
] as const;
