/** How a form goes to its first error: a long one shows it, and the keyboard is there. */
export const TO_THE_ERROR = { block: 'center', focus: true } as const;
