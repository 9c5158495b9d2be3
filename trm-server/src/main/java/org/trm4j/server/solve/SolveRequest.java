package org.trm4j.server.solve;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What to solve, and how. Everything but the puzzle has a default.
 *
 * @param model name of a model; if absent, the one that reads the puzzle
 * @param puzzle one puzzle
 * @param puzzles or several
 * @param task that the puzzles are of, for a model that was trained on several
 * @param steps supervision steps at most
 * @param halt when to stop before that
 * @param attempts at each puzzle
 * @param sigma standard deviation of the noise of all attempts but the first
 * @param seed of the noise
 * @param firstFound whether the other attempts end once one verifies
 * @param drafts whether answers hold the draft after every step
 * @param details whether drafts hold the confidence of each cell and the change of the states
 * @param timeoutMs milliseconds; no more than the server's deadline
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record SolveRequest(
    @Schema(
            description = "Name of a model. Default: the one that reads the puzzle.",
            example = "sudoku-4")
        @Nullable String model,
    @Schema(description = "One puzzle in compact form.", example = "3.1.4..2.......1")
        @Nullable String puzzle,
    @Schema(description = "Several puzzles instead of one.") @Nullable List<String> puzzles,
    @Schema(
            description =
                "The task that the puzzles belong to, for a model that was trained on several, such as"
                    + " one for ARC.")
        @Nullable String task,
    @Schema(
            description =
                "Most supervision steps of an attempt. Default: what the model usually takes, 16 or 40.")
        @Nullable Integer steps,
    @Schema(description = "Halting policy. Default: verified.") @Nullable String halt,
    @Schema(description = "Attempts at each puzzle. Default: 1.") @Nullable Integer attempts,
    @Schema(
            description =
                "Standard deviation of the noise of further attempts, which then see no"
                    + " symmetries. Default: symmetries and no noise where the puzzle has any;"
                    + " else 0.3, or 0 for a model that draws by itself.")
        @Nullable Double sigma,
    @Schema(description = "Seed of the noise. Default: 1.") @Nullable Long seed,
    @Schema(description = "End the other attempts once one verifies. Default: true.")
        @Nullable Boolean firstFound,
    @Schema(description = "Return the draft after every step. Default: false; true for events.")
        @Nullable Boolean drafts,
    @Schema(
            description =
                "Give drafts the confidence of each cell and the change of the states. Default:"
                    + " false.")
        @Nullable Boolean details,
    @Schema(description = "Most milliseconds. Default and limit: the server's deadline.")
        @Nullable Long timeoutMs) {}
