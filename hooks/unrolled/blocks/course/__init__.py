"""The course: a topic's modes, the topics, the review and the reader's progress."""

from unrolled.blocks import topics
from unrolled.blocks.course import html
from unrolled.model.kind import BlockKind

KINDS = (
    BlockKind(
        name=topics.FRONT,
        html=html.ModesBlock,
        element="quiz-hub",
        styles="hub.css",
        among=topics.problems,
    ),
    BlockKind(name="topics", html=html.TopicsBlock, element="quiz-topics", styles="hub.css"),
    BlockKind(name="review", html=html.ReviewBlock, element="quiz-review"),
    BlockKind(name="progress", html=html.ProgressBlock, element="quiz-progress"),
)
