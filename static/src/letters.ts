// What is typed where no editor stands yet, as one string.

export const ENTER = "\u2028"; // a line end that was pasted is another: it makes no item
