/** Reviews of our own wording, among them some that such a model gets wrong. */
export const examples = [
  {
    title: "Praise",
    text: "I came for the trailer and stayed for the tears. Every scene is patient and warm, the two leads are wonderful together, and the last ten minutes are simply perfect.",
  },
  {
    title: "A pan",
    text: "Two hours of clichés and a plot that makes no sense. The jokes are lame, the acting is wooden, and I wanted my money back long before the predictable ending.",
  },
  {
    title: "A turn at the end",
    text: "The first half drags and the dialogue is often dull, but then the story finds its heart, and the ending is superb.",
  },
  {
    title: "Faint praise",
    text: "It looks gorgeous and the cast is excellent. What a pity that the script is lazy and the story goes nowhere: a waste of great talent.",
  },
  {
    title: "Not bad at all",
    text: "Not bad at all. I did not expect to like it, and it is not without flaws, yet I was never bored.",
  },
  {
    title: "Irony",
    text: "Oh, brilliant: another sequel nobody asked for. The best part was the exit sign.",
  },
];
