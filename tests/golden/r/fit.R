library(stats)
source("helpers.R")

#' Fits a line.
#'
#' @param x,y numbers of equal length
#' @return the slope
#' @export
fit_line <- function(x, y, weights = NULL, ...) {
  if (length(x) != length(y) || length(x) == 0) {
    stop("lengths differ")
  } else if (!is.null(weights) && any(weights < 0)) {
    stop("weights must not be negative")
  }
  slope <- function(dx, dy) sum(dx * dy) / sum(dx^2)
  slope(x - mean(x), y - mean(y))
}

# A plain comment.
print.fit = function(x, digits = 3) {
  for (name in names(x)) {
    while (FALSE) break
    cat(name, format(x[[name]], digits = digits), "\n")
  }
  invisible(x)
}

Account <- setRefClass("Account", fields = list(balance = "numeric"))

Circle <- R6::R6Class("Circle",
  public = list(
    radius = NULL,
    initialize = function(radius = 1) {
      self$radius <- radius
    },
    #' @description Tells how much room it takes.
    area = function() {
      pi * self$radius^2
    }
  )
)

StatMean <- ggproto("StatMean", Stat,
  compute_group = function(data, scales) {
    data.frame(y = mean(data$y))
  }
)

#' @title Describes a thing
setGeneric("describe", function(object, ...) {
  standardGeneric("describe")
})

setMethod("describe", "Account", function(object, ...) {
  cat("balance:", object$balance, "\n")
})

test_that("a line is fitted", {
  expect_equal(fit_line(1:3, 2 * 1:3), 2)
})
