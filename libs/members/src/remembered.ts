/** Answers remembered at once; then all are forgotten, which costs less than to know which came up longest ago. */
const MOST = 2_000;

/** A pure function that remembers its latest answers: the cells of a list repeat themselves. Answers must not be changed. */
export function remembered<Answer>(answer: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const found = answer(text);
    if (answers.size >= MOST) answers.clear();
    answers.set(text, found);
    return found;
  };
}
