export const lines = (count, line) => Array.from({ length: count }, (_, i) => line(i)).join("\n");

export const constants = (count) => lines(count, (i) => `export const value${i} = ${i};`);
