/** Words in groups of groups. A sentence may hold blanks such as `{{count}}`. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** The path of every sentence, `state.open` for one in a group. */
type WordKey<W> = { [K in keyof W & string]: W[K] extends string ? K : `${K}.${WordKey<W[K]>}` }[keyof W & string];

type Blanks = Readonly<Record<string, string | number>>;

/** Says a sentence of an area in the language of the page. */
export type Say<W> = (key: WordKey<W>, blanks?: Blanks) => string;

/** Says sentences out of `words`. */
export function sayer<W extends Words>(words: W): Say<W> {
  return (key, blanks = {}) => {
    let found: string | Words | undefined = words;
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    // The types leave no other key; one that came around them is better read as itself than not at all.
    if (typeof found !== 'string') return key;
    return found.replace(/\{\{(\w+)\}\}/g, (blank, name: string) => String(blanks[name] ?? blank));
  };
}
