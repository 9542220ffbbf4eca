import type { zh } from './zh.ts';

export const en: typeof zh = {
  compare: 'Faces compared',
  compareShow: 'Compare with the roster picture',
  compareHint: 'Looking is entered in the audit log',
  compareMachine: 'How alike they are is the machine’s estimate, and a hint only: whether it is them is for a person to judge.',
  onRoster: 'Roster',
  takenIn: 'Taken in {{date}}',
  noPortrait: 'No picture is kept, or consent was taken back',
  portraitOf: 'Roster picture of {{name}}',
  noneSeen: 'No face in the frames was taken for this student',
  seenAt: 'Face in the frame of {{time}}',
  likely: 'Likely them: {{share}}',
  similar: 'Similarity {{value}}',
};
