import type { zh } from './zh.ts';

export const en: typeof zh = {
  pad: 'Signature: draw with a pen, a finger or the mouse',
  padTyped: 'Signature: shows the name that was typed',
  drawing: 'Signature',
  drawingNeeded: 'Please sign',
  clear: 'Clear',
  type: 'Type the name instead',
  draw: 'Draw instead',
  name: 'Name',
  password: 'Password of {{name}}',
  passwordHint: 'Signing asks for the password once more, so that it is you.',
  submit: 'Sign',
};
